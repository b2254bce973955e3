import { deployMistake, edit } from '../mistake.ts'

// The id "Default" disappears from the path of a construct, and the integration gets the logical id of its route.
export default deployMistake({
  symptom: 'section \'Resources\' already contains \'ApidefaultRoute40D195EB\'',
  says: [/section 'Resources' already contains '\w+'/],
  cause: 'A construct has the id Default, which the CDK leaves out of names, so that two resources get the same one.',
  fix: 'Give the integration another id: DefaultMock.',
  at: 'steps/03-routing/routing.ts',
  line: /'Default'/,
  docs: 'troubleshooting/deploy',
  break: edit('03-routing/routing.ts', `'DefaultMock'`, `'Default'`),
})
