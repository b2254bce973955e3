import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** The template that `cdk bootstrap` deploys, as it comes with the CDK's command line. */
export const bootstrapTemplate = () =>
  readFile(createRequire(import.meta.url).resolve('aws-cdk/lib/api/bootstrap/bootstrap-template.yaml'), 'utf8')
