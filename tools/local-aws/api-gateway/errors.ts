import { AwsError } from '../aws-error.ts'

/** @see C1.4 (facts) for the classes, C5 for the texts; those of C5.4 are those of REST APIs and emulators */
export const badRequest = (message: string) => new AwsError('BadRequestException', message, { status: 400 })
export const conflict = (message: string) => new AwsError('ConflictException', message, { status: 409 })
export const notFound = (message: string) => new AwsError('NotFoundException', message, { status: 404 })
