export { createWireHandler, type WireParts } from './wire.ts'
export { checkSignature, type Identity, type SignatureOptions, type SignedRequest } from './signature.ts'
export { SignatureFault, signatureError, type FaultKind } from './signature-fault.ts'
