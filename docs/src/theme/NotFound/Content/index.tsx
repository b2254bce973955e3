import Link from '@docusaurus/Link'

/** What the site answers where it has no page. */
export default function NotFoundContent() {
  return (
    <main className="container margin-vert--xl">
      <div className="markdown">
        <h1>There is no such page</h1>
        <p>
          It may have been renamed. Look in the <Link to="/troubleshooting/by-symptom">list of symptoms</Link>, <Link to="/troubleshooting">paste what you see</Link>, or begin at the{' '}
          <Link to="/">start</Link>.
        </p>
      </div>
    </main>
  )
}
