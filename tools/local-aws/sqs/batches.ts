import { AwsError } from '../aws-error.ts'

const MOST_ENTRIES = 10

const BAD_ID = 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.'

/** Refuses a batch as a whole (in the words of LocalStack's recordings). `kind`: of its entries, as the query protocol names them. */
export function checkBatch(kind: string, entries: { Id?: string }[] = []): void {
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', `There should be at least one ${kind} in the request.`)
  if (entries.length > MOST_ENTRIES)
    throw new AwsError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`)
  const ids = entries.map(({ Id = '' }) => Id)
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id)))
    throw new AwsError('InvalidBatchEntryId', BAD_ID)
  const repeated = ids.find((id, index) => ids.indexOf(id) < index)
  if (repeated !== undefined) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`)
}

/** Does each entry by itself: what one is refused for does not touch the others. */
export function eachEntry<E extends { Id?: string | undefined }, R>(entries: E[] = [], act: (entry: E) => R) {
  const Successful: (R & { Id: string })[] = []
  const Failed: { Id: string, SenderFault: boolean, Code: string, Message: string }[] = []
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id!, ...act(entry) })
    } catch (error) {
      if (!(error instanceof AwsError) || error.name === 'NotImplemented') throw error
      Failed.push({ Id: entry.Id!, SenderFault: true, Code: error.name, Message: error.message })
    }
  }
  return { Successful, Failed }
}
