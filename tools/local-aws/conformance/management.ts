import { section } from './fact.ts'
export const management = section('B @connections', [])
