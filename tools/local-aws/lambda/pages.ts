/** One page of a list; the marker is the number of items before it. */
export function pageOf<T>(all: T[], marker: string | undefined, size = 50): { items: T[], next?: string } {
  const from = Number.parseInt(Buffer.from(marker ?? '', 'base64url').toString() || '0', 10)
  const until = from + size
  return { items: all.slice(from, until), next: until < all.length ? Buffer.from(String(until)).toString('base64url') : undefined }
}
