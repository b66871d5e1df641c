// @ts-check
'use strict';

// Names a request: req.id for the logs, X-Request-Id for whoever asks about an answer.

const { randomUUID } = require('node:crypto');

const { Options } = require('./options');

// Letters, digits and marks that are safe in a log line and in a header; 128 covers UUIDs, ULIDs and trace contexts.
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** @param {unknown} value true, false or options @returns {((req: any, res: any) => void) | undefined} */
function pickRequestId(value) {
  if (value === false) return undefined;
  const own = new Options('HARDEN', 'harden requestId', value === true ? undefined : value);
  const trustIncoming = own.boolean('trustIncoming', false);
  own.done();
  return function assignId(req, res) {
    const sent = trustIncoming ? req.headers['x-request-id'] : undefined;
    const id = typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : randomUUID();
    req.id = id;
    res.setHeader('X-Request-Id', id);
  };
}

module.exports = { pickRequestId };
