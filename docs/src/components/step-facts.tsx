import { steps } from '../../../tools/steps.ts'

/** How long the step takes, what is edited, and what to do when the time is up. */
export default function StepFacts({ number }: { number: number }) {
  const step = steps.find((candidate) => candidate.number === number)!
  return (
    <dl className="step-facts">
      <div><dt>Time</dt><dd>{step.minutes} minutes</dd></div>
      <div><dt>Files</dt><dd>{step.files.filter((file) => file.endsWith('.ts')).map((file) => <code key={file}>steps/{file}</code>)}</dd></div>
      <div><dt>Not green at the end?</dt><dd>Read and take the answer: <code className="step-facts-inline">npm run solve {number}</code></dd></div>
    </dl>
  )
}
