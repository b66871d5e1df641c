// @ts-check
'use strict';

// What the server's errors mean. GLIDE rewrites them: `NOSCRIPT No matching script` becomes
// `An error was signalled by the server: - NoScriptError: No matching script`.

const { PortcullisError } = require('../support/errors');

const NO_SCRIPT = /^NOSCRIPT\b|- NoScriptError\b/;
// The command was not carried out, and will be once the cluster or the failover has settled.
const NOT_NOW =
  /^(?:MOVED|ASK|LOADING|READONLY|TRYAGAIN|CLUSTERDOWN|MASTERDOWN)\b|- (?:Moved|Ask|BusyLoadingError|ReadOnly|TryAgain|ClusterDown|MasterDown)\b/;
const MOVED = /^MOVED\b|- Moved\b/;

/** @param {unknown} error */
const messageOf = (error) => String(/** @type {{ message?: unknown } | null} */ (error)?.message ?? error);

/** The server does not know the script yet, or no longer. @param {unknown} error */
const isNoScript = (error) => NO_SCRIPT.test(messageOf(error));

/** @param {unknown} error */
const isNotNow = (error) => NOT_NOW.test(messageOf(error));

/** @param {unknown} cause @returns {Error} */
function unavailable(cause) {
  // Clients attach the command. It contains what is stored, which must not be logged.
  if (cause !== null && typeof cause === 'object') Reflect.deleteProperty(cause, 'command');
  const message = messageOf(cause);
  const cure = MOVED.test(message) ? '; this server belongs to a cluster: create the client for a cluster' : '';
  return new PortcullisError('ERR_REDIS_UNAVAILABLE', `redis: ${message}${cure}`, { cause });
}

module.exports = { isNoScript, isNotNow, unavailable };
