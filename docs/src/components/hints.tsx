import Details from '@theme/Details'
import { steps } from '../../../tools/steps.ts'

const NAMES = ['A nudge', 'A pointer', 'Nearly the answer']

/** The three hints of a step, each folded: what `npm run hint` prints. */
export default function Hints({ number }: { number: number }) {
  const step = steps.find((candidate) => candidate.number === number)!
  return (
    <div className="hints">
      <p>Stuck? <code>npm run hint</code> prints these one after the other.</p>
      {step.hints.map((hint, index) => (
        <Details key={hint} summary={<summary>{NAMES[index]}</summary>}>
          <p>{hint}</p>
        </Details>
      ))}
    </div>
  )
}
