import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { givenFiles, steps } from '../../steps.ts'
import { sha256, type LocalSource } from '../../verify/source.ts'

type Options = { root: string, suffix?: string }
type Resource = { Type: string, Properties?: { FunctionName?: unknown }, Metadata?: Record<string, unknown> }

/**
 * The functions of a synthesized stack with the hash of their code, by which verify tells whether what is deployed is what lies in `root`, and
 * the files of the stack.
 *
 * @param outdir the cloud assembly, which holds the code as it would be uploaded
 */
export async function sourcesIn(outdir: string, template: { Resources: Record<string, Resource> }, { root, suffix }: Options) {
  const functions: LocalSource[] = []
  for (const { Type, Properties, Metadata } of Object.values(template.Resources)) {
    const asset = Metadata?.['aws:asset:path']
    if (Type !== 'AWS::Lambda::Function' || typeof asset !== 'string') continue

    const functionName = withoutSuffix(String(Properties?.FunctionName), suffix)
    const file = steps.flatMap(({ files }) => files).find((name) => path.posix.basename(name, '.ts') === functionName)
    if (!file) continue
    functions.push({
      functionName,
      file: `${path.basename(root)}/${file}`,
      sha256: sha256(await readFile(path.join(outdir, asset, 'index.js'))),
      text: await readFile(path.join(root, file), 'utf8'),
    })
  }
  return [...functions, ...await stackFiles(root, functions)]
}

/** The TypeScript that is no function's. */
async function stackFiles(root: string, functions: LocalSource[]): Promise<LocalSource[]> {
  const files = [...steps.flatMap((step) => step.files), ...givenFiles].filter((name) => name.endsWith('.ts'))
  const all = await Promise.all(files.map(async (name) => ({
    file: `${path.basename(root)}/${name}`,
    text: await readFile(path.join(root, name), 'utf8').catch(() => undefined), // what the stack does without may be missing
  })))
  return all.flatMap(({ file, text }) => text === undefined || functions.some((one) => one.file === file) ? [] : [{ file, text }])
}

const withoutSuffix = (name: string, suffix?: string) => suffix && name.endsWith(`-${suffix}`) ? name.slice(0, -suffix.length - 1) : name
