import { steps } from '../steps.ts'

/** From step 8 on the chat asks everyone for a token; the room is for whoever has its URL. */
const LAST_OPEN_STEP = 7

/** How far the room is built. */
export const openSteps = () => Math.min(LAST_OPEN_STEP, steps.at(-1)!.number)
