import type { SidebarsConfig } from '@docusaurus/plugin-content-docs'
import { mistakes } from '../tools/mistakes/index.ts'
import { steps } from '../tools/steps.ts'
import { folderOf } from './generate/catalogue.ts'
import { placeTitle, subjectTitle } from './generate/lists.ts'

const places = [...new Set(mistakes.map(({ place }) => place))]
const subjects = [...new Set(mistakes.map(({ mistake }) => mistake.docs))].filter((docs) => !docs.endsWith('/forbidden'))

export default {
  site: [
    { type: 'doc', id: 'index', label: 'What this is' },
    'set-up',
    {
      type: 'category', label: 'Steps', collapsible: false,
      items: steps.map(({ name, number, title }) => ({ type: 'doc' as const, id: `steps/${name}`, label: `${number}. ${title}` })),
    },
    'clean-up',
    'facilitators',
    'older-notes',
    {
      type: 'category', label: 'Troubleshooting', collapsible: false,
      items: [
        { type: 'doc', id: 'troubleshooting/index', label: 'Paste what you see' },
        'reading-a-report',
        { type: 'doc', id: 'troubleshooting/forbidden', label: '403 and Forbidden' },
        { type: 'doc', id: 'generated/by-symptom', label: 'By symptom' },
        { type: 'doc', id: 'generated/by-step', label: 'By step' },
        { type: 'doc', id: 'generated/proof', label: 'What is proven' },
        { type: 'category', label: 'By subject', items: subjects.map((docs) => ({ type: 'doc', id: `generated/subjects/${docs.split('/').at(-1)}`, label: subjectTitle(docs) })) },
        ...places.map((place) => ({
          type: 'category' as const, label: placeTitle(place), key: place,
          items: mistakes.filter((entry) => entry.place === place).map(({ id }) => ({ type: 'doc' as const, id: `generated/${folderOf(place)}/${id}` })),
        })),
      ],
    },
  ],
} satisfies SidebarsConfig
