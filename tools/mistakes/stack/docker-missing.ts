import { deployMistake, lines } from '../mistake.ts'

export default deployMistake({
  symptom: 'spawnSync docker ENOENT',
  says: [/spawnSync docker ENOENT/, /Cannot connect to the Docker daemon/, /docker exited with status/i],
  cause: 'A construct wants Docker to bundle a function: NodejsFunction does where it finds no esbuild.',
  fix: 'Take lambda(chat, name, file) of steps/lambda.ts, which needs no Docker.',
  docs: 'troubleshooting/deploy',
  break: lines('Error: spawnSync docker ENOENT'),
})
