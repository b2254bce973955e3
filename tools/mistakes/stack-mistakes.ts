import lastDeployRolledBack from './stack/last-deploy-rolled-back.ts'
import editedNotDeployed from './stack/edited-not-deployed.ts'
import syntaxError from './stack/syntax-error.ts'
import importNotFound from './stack/import-not-found.ts'
import wrongImport from './stack/wrong-import.ts'
import usedBeforeMade from './stack/used-before-made.ts'
import constructIdTwice from './stack/construct-id-twice.ts'
import reservedVariable from './stack/reserved-variable.ts'
import roleNotAssumable from './stack/role-not-assumable.ts'
import notBuiltLocally from './stack/not-built-locally.ts'
import namedAndReplaced from './stack/named-and-replaced.ts'
import rollbackComplete from './stack/rollback-complete.ts'
import stackBusy from './stack/stack-busy.ts'
import stackStuck from './stack/stack-stuck.ts'
import terminationProtection from './stack/termination-protection.ts'
import deletedByHand from './stack/deleted-by-hand.ts'
import logGroupLeftBehind from './stack/log-group-left-behind.ts'
import earlyValidation from './stack/early-validation.ts'
import dependsOnItself from './stack/depends-on-itself.ts'
import resourceNotInTemplate from './stack/resource-not-in-template.ts'
import capabilitiesMissing from './stack/capabilities-missing.ts'
import dockerMissing from './stack/docker-missing.ts'
import appNotNamed from './stack/app-not-named.ts'
import packageTooLarge from './stack/package-too-large.ts'
import type { Mistake } from './mistake.ts'

/** Mistakes of the stack: what ends a deploy, whichever step it belongs to, and what runs that is not what was written. Where one causes another it comes first. */
export const stackMistakes = {
  'last-deploy-rolled-back': lastDeployRolledBack,
  'edited-not-deployed': editedNotDeployed,
  'syntax-error': syntaxError,
  'import-not-found': importNotFound,
  'wrong-import': wrongImport,
  'used-before-made': usedBeforeMade,
  'construct-id-twice': constructIdTwice,
  'reserved-variable': reservedVariable,
  'role-not-assumable': roleNotAssumable,
  'not-built-locally': notBuiltLocally,
  'named-and-replaced': namedAndReplaced,
  'rollback-complete': rollbackComplete,
  'stack-busy': stackBusy,
  'stack-stuck': stackStuck,
  'termination-protection': terminationProtection,
  'deleted-by-hand': deletedByHand,
  'log-group-left-behind': logGroupLeftBehind,
  'early-validation': earlyValidation,
  'depends-on-itself': dependsOnItself,
  'resource-not-in-template': resourceNotInTemplate,
  'capabilities-missing': capabilitiesMissing,
  'docker-missing': dockerMissing,
  'app-not-named': appNotNamed,
  'package-too-large': packageTooLarge,
} satisfies Record<string, Mistake>
