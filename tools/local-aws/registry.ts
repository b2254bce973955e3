import { apiGatewayService } from './api-gateway/index.ts'
import { cloudFormationService } from './cloudformation/index.ts'
import { dynamodbService } from './dynamodb/index.ts'
import { iamService } from './iam/index.ts'
import { lambdaService } from './lambda/index.ts'
import { logsService } from './logs/index.ts'
import { s3Service } from './s3/index.ts'
import { sqsService } from './sqs/index.ts'
import { ssmService } from './ssm/index.ts'
import { stsService } from './sts/index.ts'
import type { ServiceDefinition } from './service.ts'

/** All services of the local AWS. */
export const services = [
  apiGatewayService, cloudFormationService, dynamodbService, iamService, lambdaService, logsService, s3Service, sqsService, ssmService, stsService,
] as unknown as ServiceDefinition[]
