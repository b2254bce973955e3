import type { PrismTheme } from 'prism-react-renderer'

/** Few colours: words of the language, texts, remarks. The rest is ink. */
const theme = (ink: string, paper: string, remark: string, text: string, word: string, added: string, removed: string): PrismTheme => ({
  plain: { color: ink, backgroundColor: paper },
  styles: [
    { types: ['comment', 'prolog'], style: { color: remark } },
    { types: ['string', 'attr-value', 'template-string', 'regex'], style: { color: text } },
    { types: ['keyword', 'builtin', 'boolean', 'number', 'constant', 'operator-keyword'], style: { color: word } },
    { types: ['inserted'], style: { color: added } },
    { types: ['deleted'], style: { color: removed } },
  ],
})

export const codeThemes = {
  theme: theme('#1c2733', '#f5f6f4', '#5a6a62', '#8a3b12', '#0b5c7a', '#17663a', '#a12622'),
  darkTheme: theme('#dfe5e8', '#191f24', '#93a29b', '#f0b48a', '#84cbe3', '#7fd3a0', '#ff9d94'),
}
