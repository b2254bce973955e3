import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { steps } from '../../steps.ts'
import { sha256, type LocalSource } from '../../verify/source.ts'

type Options = { root: string, suffix?: string }
type Resource = { Type: string, Properties?: { FunctionName?: unknown }, Metadata?: Record<string, unknown> }

/**
 * The functions of a synthesized stack with the hash of their code, by which verify tells whether what is deployed is what lies in `root`.
 *
 * @param outdir the cloud assembly, which holds the code as it would be uploaded
 */
export async function sourcesIn(outdir: string, template: { Resources: Record<string, Resource> }, { root, suffix }: Options) {
  const sources: LocalSource[] = []
  for (const { Type, Properties, Metadata } of Object.values(template.Resources)) {
    const asset = Metadata?.['aws:asset:path']
    if (Type !== 'AWS::Lambda::Function' || typeof asset !== 'string') continue

    const functionName = withoutSuffix(String(Properties?.FunctionName), suffix)
    const file = steps.flatMap(({ files }) => files).find((name) => path.posix.basename(name, '.ts') === functionName)
    if (!file) continue
    sources.push({
      functionName,
      file: `${path.basename(root)}/${file}`,
      sha256: sha256(await readFile(path.join(outdir, asset, 'index.js'))),
      text: await readFile(path.join(root, file), 'utf8'),
    })
  }
  return sources
}

const withoutSuffix = (name: string, suffix?: string) => suffix && name.endsWith(`-${suffix}`) ? name.slice(0, -suffix.length - 1) : name
