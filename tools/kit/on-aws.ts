import { isInteractive } from '../lib/output.ts'

/** How a deploy is asked for where each costs minutes: by Enter, or without a keyboard by another terminal. */
export function onAws(input: NodeJS.ReadStream = process.stdin) {
  const hasKeyboard = Boolean(input.isTTY) && isInteractive()
  return {
    deploy: hasKeyboard ? 'Press Enter to deploy and verify, or run npm run deploy in another terminal.' : 'To deploy and verify: npm run deploy, in another terminal.',
    again: hasKeyboard ? 'Then press Enter.' : 'Then: npm run deploy, in another terminal.',
    /** Calls `action` for each Enter, until the answer is called. */
    listen(action: () => void): () => void {
      if (!hasKeyboard) return () => {}
      input.on('data', action)
      return () => {
        input.off('data', action)
        input.pause()
      }
    },
  }
}
