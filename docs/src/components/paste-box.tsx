import Link from '@docusaurus/Link'
import { useDeferredValue, useId, useMemo, useState } from 'react'
import { diagnose, MOST_CHARACTERS, type Finding } from './diagnose.ts'

const SHOWN = 5
const EXAMPLES = [
  'error: Unexpected server response: 403',
  '{"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}',
  "Runtime.ImportModuleError: Error: Cannot find module 'aws-sdk'",
  'TypeError [ERR_INVALID_URL]: Invalid URL',
]

/** A box for any line that people see, and the mistakes that show as such a line. React writes what is pasted as text, never as markup. */
export default function PasteBox() {
  const [text, setText] = useState('')
  const read = useDeferredValue(text)
  const findings = useMemo(() => diagnose(read), [read])
  const id = useId()
  return (
    <section className="paste-box" aria-label="Paste what you see">
      <label htmlFor={id}>What do you see?</label>
      <textarea
        id={id} rows={6} value={text} spellCheck={false} autoComplete="off" maxLength={MOST_CHARACTERS}
        placeholder="error: Unexpected server response: 403" onChange={(event) => setText(event.target.value)}
      />
      <p className="paste-box-examples">
        For instance{' '}
        {EXAMPLES.map((example) => <button key={example} type="button" onClick={() => setText(example)}>{shortened(example)}</button>)}
        {text && <button type="button" className="paste-box-clear" onClick={() => setText('')}>Clear</button>}
      </p>
      <div role="status" aria-live="polite">{read.trim() && <Findings findings={findings} />}</div>
    </section>
  )
}

function Findings({ findings }: { findings: Finding[] }) {
  if (findings.length === 0)
    return (
      <div className="paste-box-none">
        <p><strong>Not known.</strong> None of the mistakes here shows as such a line.</p>
        <p>
          Look for the line of the log that names an error, and paste that one; or look <Link to="/troubleshooting/by-symptom">by symptom</Link>. In the workshop{' '}
          <code>npm run verify</code> shows in full what was seen.
        </p>
      </div>
    )
  return (
    <>
      <p>{summary(findings.length)}</p>
      <ol className="paste-box-findings">{findings.slice(0, SHOWN).map((finding) => <Likely key={finding.page.slug} {...finding} isAlone={findings.length === 1} />)}</ol>
      {findings.length > SHOWN && <Rest findings={findings.slice(SHOWN)} />}
    </>
  )
}

function Likely({ page: { title, slug, entry: { mistake } }, line, isAlone }: Finding & { isAlone: boolean }) {
  return (
    <li>
      <Link to={slug}>{title}</Link>
      {line && line !== title && <code className="paste-box-line">{line}</code>}
      <p><strong>Cause.</strong> {mistake.cause}</p>
      {!isAlone && mistake.tell && <p><strong>Is it this?</strong> {mistake.tell}</p>}
      <p><strong>Fix.</strong> {mistake.fix}{mistake.at && <> In the workshop: <code>{mistake.at}</code></>}</p>
    </li>
  )
}

function Rest({ findings }: { findings: Finding[] }) {
  return (
    <details>
      <summary>{findings.length} more that may show as such a line</summary>
      <ul>{findings.map(({ page }) => <li key={page.slug}><Link to={page.slug}>{page.title}</Link></li>)}</ul>
    </details>
  )
}

const summary = (count: number) => count === 1
  ? 'One mistake shows like this:'
  : `${count} mistakes show like this, the likeliest first.`
const shortened = (text: string) => text.length > 42 ? `${text.slice(0, 41)}…` : text
