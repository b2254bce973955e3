/** What AWS asks for in us-east-1; other regions differ by cents. */
const DOLLARS_PER_GB_MONTH = { table: 0.25, log: 0.03, code: 0.023 }

const FREE = 'nothing while nobody uses it'

/** Bytes as people read them: `0 B`, `16 KB`, `1.2 GB`. */
export function size(bytes: number) {
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} KB`
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(1)} GB`
}

const stored = (what: keyof typeof DOLLARS_PER_GB_MONTH, bytes: number) =>
  bytes === 0 ? 'nothing yet' : `money as long as it is there: ${size(bytes)} at $${DOLLARS_PER_GB_MONTH[what]} per GB and month`

/** What it costs to leave a thing where it is. `paid` is true where something is charged although nobody uses it. */
export type Cost = { text: string, paid: boolean }

export const noCost: Cost = { text: FREE, paid: false }
export const logCost = (bytes: number): Cost => ({ text: stored('log', bytes), paid: bytes > 0 })
export const codeCost = (bytes: number): Cost => ({ text: stored('code', bytes), paid: bytes > 0 })

export function tableCost({ bytes, provisioned }: { bytes: number, provisioned: number }): Cost {
  if (provisioned > 0) return { text: `money each hour: ${provisioned} provisioned units, used or not`, paid: true }
  return { text: stored('table', bytes), paid: bytes > 0 }
}
