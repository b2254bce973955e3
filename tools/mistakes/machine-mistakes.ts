import nodeTooOld from './machine/node-too-old.ts'
import typescriptWithoutTsx from './machine/typescript-without-tsx.ts'
import packagesOfAnotherSystem from './machine/packages-of-another-system.ts'
import packagesIncomplete from './machine/packages-incomplete.ts'
import fileInUse from './machine/file-in-use.ts'
import diskFull from './machine/disk-full.ts'
import folderNotWritable from './machine/folder-not-writable.ts'
import folderOnNetworkShare from './machine/folder-on-network-share.ts'
import kitFilesUnusable from './machine/kit-files-unusable.ts'
import localAwsSilent from './machine/local-aws-silent.ts'
import clockSkew from './machine/clock-skew.ts'
import noNetwork from './machine/no-network.ts'
import tlsInspected from './machine/tls-inspected.ts'
import proxyNeeded from './machine/proxy-needed.ts'
import proxyGone from './machine/proxy-gone.ts'
import endpointUnreachable from './machine/endpoint-unreachable.ts'
import websocketBlocked from './machine/websocket-blocked.ts'
import nodeEmulated from './machine/node-emulated.ts'
import tlsUnchecked from './machine/tls-unchecked.ts'
import npmMissing from './machine/npm-missing.ts'
import awsCliNotFound from './machine/aws-cli-not-found.ts'
import npmRegistryUnreachable from './machine/npm-registry-unreachable.ts'
import npmPackageUnknown from './machine/npm-package-unknown.ts'
import npmGlobalNotWritable from './machine/npm-global-not-writable.ts'
import npmCacheOfRoot from './machine/npm-cache-of-root.ts'
import powershellRefusesNpm from './machine/powershell-refuses-npm.ts'
import shellOfAnotherSystem from './machine/shell-of-another-system.ts'
import watchersUsedUp from './machine/watchers-used-up.ts'
import folderOnWindowsDrive from './machine/folder-on-windows-drive.ts'
import folderSynced from './machine/folder-synced.ts'
import folderNameUnusual from './machine/folder-name-unusual.ts'
import gitMissing from './machine/git-missing.ts'
import lineEndings from './machine/line-endings.ts'
import terminalNarrow from './machine/terminal-narrow.ts'
import anotherKitsLocalAws from './machine/another-kits-local-aws.ts'
import portTaken from './machine/port-taken.ts'
import localAwsLeftBehind from './machine/local-aws-left-behind.ts'
import localAwsNotRunning from './machine/local-aws-not-running.ts'
import proxyTakesLocalhost from './machine/proxy-takes-localhost.ts'
import sharedUrlClosed from './machine/shared-url-closed.ts'
import type { Mistake } from './mistake.ts'

/** Mistakes of the machine: programs, folder, network. Where one causes another it comes first. */
export const machineMistakes = {
  'node-too-old': nodeTooOld,
  'typescript-without-tsx': typescriptWithoutTsx,
  'packages-of-another-system': packagesOfAnotherSystem,
  'packages-incomplete': packagesIncomplete,
  'file-in-use': fileInUse,
  'disk-full': diskFull,
  'folder-not-writable': folderNotWritable,
  'folder-on-network-share': folderOnNetworkShare,
  'kit-files-unusable': kitFilesUnusable,
  'local-aws-silent': localAwsSilent,
  'clock-skew': clockSkew,
  'no-network': noNetwork,
  'tls-inspected': tlsInspected,
  'proxy-needed': proxyNeeded,
  'proxy-gone': proxyGone,
  'endpoint-unreachable': endpointUnreachable,
  'websocket-blocked': websocketBlocked,
  'node-emulated': nodeEmulated,
  'tls-unchecked': tlsUnchecked,
  'npm-missing': npmMissing,
  'aws-cli-not-found': awsCliNotFound,
  'npm-registry-unreachable': npmRegistryUnreachable,
  'npm-package-unknown': npmPackageUnknown,
  'npm-global-not-writable': npmGlobalNotWritable,
  'npm-cache-of-root': npmCacheOfRoot,
  'powershell-refuses-npm': powershellRefusesNpm,
  'shell-of-another-system': shellOfAnotherSystem,
  'watchers-used-up': watchersUsedUp,
  'folder-on-windows-drive': folderOnWindowsDrive,
  'folder-synced': folderSynced,
  'folder-name-unusual': folderNameUnusual,
  'git-missing': gitMissing,
  'line-endings': lineEndings,
  'terminal-narrow': terminalNarrow,
  'another-kits-local-aws': anotherKitsLocalAws,
  'port-taken': portTaken,
  'local-aws-left-behind': localAwsLeftBehind,
  'local-aws-not-running': localAwsNotRunning,
  'proxy-takes-localhost': proxyTakesLocalhost,
  'shared-url-closed': sharedUrlClosed,
} satisfies Record<string, Mistake>
