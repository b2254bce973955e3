import path from 'node:path'
import type { Config } from '@docusaurus/types'
import type { Options as DocsOptions } from '@docusaurus/plugin-content-docs'
import type { Options as ThemeOptions } from '@docusaurus/theme-classic'
import type { UserThemeConfig } from '@docusaurus/theme-common'
import { codeThemes } from './src/code-themes.ts'
import { quoteFiles } from './plugins/quote-files.ts'

const root = path.resolve(__dirname, '..') // Docusaurus reads this file as CommonJS

export default {
  title: 'A chat on WebSockets',
  tagline: 'API Gateway WebSocket APIs, Lambda and DynamoDB in two hours',
  url: 'http://127.0.0.1', // where it is served is not known when it is built, and no page needs it
  baseUrl: '/docs/',
  favicon: 'favicon.svg',
  trailingSlash: false,
  noIndex: true,

  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  onDuplicateRoutes: 'throw',

  future: {
    v4: true,
    faster: {
      swcJsLoader: true,
      swcJsMinimizer: true,
      swcHtmlMinimizer: true,
      lightningCssMinimizer: true,
      rspackBundler: true,
      rspackPersistentCache: false, // it would not notice that a quoted file or a mistake has changed
      ssgWorkerThreads: false,
      mdxCrossCompilerCache: true,
    },
  },

  markdown: {
    format: 'detect', // .md is CommonMark, in which braces and angle brackets of messages are only text
    mermaid: true,
    hooks: { onBrokenMarkdownLinks: 'throw', onBrokenMarkdownImages: 'throw' },
  },

  plugins: [
    ['@docusaurus/plugin-content-docs', {
      path: 'content',
      routeBasePath: '/',
      sidebarPath: './sidebars.ts',
      numberPrefixParser: false,
      breadcrumbs: false,
      beforeDefaultRemarkPlugins: [[quoteFiles, { root }]],
    } satisfies DocsOptions],
  ],

  themes: [
    ['@docusaurus/theme-classic', { customCss: './src/css/custom.css' } satisfies ThemeOptions],
    '@docusaurus/theme-mermaid',
    [require.resolve('@easyops-cn/docusaurus-search-local'), {
      docsDir: 'content', docsRouteBasePath: '/', indexBlog: false, hashed: true, language: ['en'],
      explicitSearchResultPath: true, highlightSearchTermsOnTargetPage: false, searchBarShortcutHint: false,
      forceIgnoreNoIndex: true, // noIndex above is for engines elsewhere
    }],
  ],

  themeConfig: {
    colorMode: { respectPrefersColorScheme: true },
    navbar: {
      title: 'A chat on WebSockets',
      items: [
        { to: '/set-up', label: 'Set-up', position: 'left' },
        { to: '/steps/connect', label: 'Steps', position: 'left', activeBaseRegex: '/docs/steps/' },
        { to: '/troubleshooting', label: 'Troubleshooting', position: 'left', activeBaseRegex: '/docs/troubleshooting' },
      ],
    },
    docs: { sidebar: { hideable: false, autoCollapseCategories: true } },
    tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
    prism: { ...codeThemes, additionalLanguages: ['bash', 'powershell', 'json', 'diff'] },
    mermaid: { theme: { light: 'neutral', dark: 'dark' }, options: { fontFamily: 'inherit', flowchart: { curve: 'linear', useMaxWidth: true } } },
  } satisfies UserThemeConfig & { mermaid: unknown },
} satisfies Config
