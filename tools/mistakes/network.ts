import type { EndpointFacts } from './machine-facts.ts'

/** Codes of Node for a certificate that nobody it knows has signed. */
export const UNTRUSTED = /SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT/

const NO_NAME = /^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENETUNREACH|EHOSTUNREACH)$/

/** Not one name could be looked up, or not one address reached: it is the network, and not an endpoint. */
export const hasNoNetwork = (endpoints: EndpointFacts[]) => endpoints.length > 0 && endpoints.every(({ error = '' }) => NO_NAME.test(error))
