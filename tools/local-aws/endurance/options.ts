/**
 * How long and how closely to look, from the environment: `npm run test:endurance` puts it there.
 *
 * @returns `minutes` of the soak; `every` n-th point of each kill (undefined: the tests' own choice); the `seed` of what is random
 */
export function endurance(environment: NodeJS.ProcessEnv = process.env) {
  const number = (name: string) => (environment[name] ? Number(environment[name]) : undefined)
  return { minutes: number('ENDURANCE_MINUTES') ?? 3, every: number('ENDURANCE_EVERY'), seed: number('ENDURANCE_SEED') ?? Math.floor(Math.random() * 100_000) }
}
