'use strict';

// What is sent a second time, and what is not.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { setTimeout: sleep } = require('node:timers/promises');

const { RedisStore } = require('../..');

/** A client of ioredis that replies with what the test chooses. @param {(args: string[]) => unknown} reply */
function scripted(reply) {
  const sent = [];
  const client = {
    status: 'ready',
    on: () => client,
    duplicate: () => client,
    call: async (...args) => {
      sent.push(args);
      return reply(args);
    },
  };
  return { sent, store: new RedisStore({ client, deadlineMs: 400 }) };
}

const REFUSALS = [
  'MOVED 5 127.0.0.1:7001',
  'ASK 5 127.0.0.1:7001',
  'LOADING Redis is loading the dataset in memory',
  "READONLY You can't write against a read only replica.",
  'TRYAGAIN Multiple keys request during rehashing of slot',
  'CLUSTERDOWN The cluster is down',
  "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
  'An error was signalled by the server: - ReadOnly: You cannot write',
];

describe('redis retries', () => {
  for (const message of REFUSALS) {
    it(`sends a command once more after ${message.slice(0, 60)}`, async () => {
      const errors = [message];
      const { sent, store } = scripted(() => {
        const error = errors.pop();
        if (error !== undefined) throw new Error(error);
        return 'done';
      });
      assert.equal(await store.script('return 1', ['{a}'], ['x']), 'done');
      assert.equal(sent.length, 2);
      assert.deepEqual(sent[0], sent[1]);
    });

    it(`fails after the second ${message.slice(0, 60)}`, async () => {
      const { sent, store } = scripted(() => {
        throw new Error(message);
      });
      const expected = { code: 'ERR_REDIS_UNAVAILABLE', message: new RegExp(message.slice(0, 5)) };
      await assert.rejects(store.script('return 1', ['{a}'], []), expected);
      assert.equal(sent.length, 2);
    });
  }

  it('says what to do when a server of a cluster has a client for one server', async () => {
    const { store } = scripted(() => {
      throw new Error('MOVED 5 127.0.0.1:7001');
    });
    await assert.rejects(store.command(['PING']), { message: /create the client for a cluster$/ });
  });

  it('sends nothing again after any other error', async () => {
    for (const message of [
      'ERR syntax error',
      'WRONGTYPE Operation',
      'OOM command not allowed',
      'Connection is closed.',
    ]) {
      const { sent, store } = scripted(() => {
        throw new Error(message);
      });
      await assert.rejects(store.script('return 1', [], []), { code: 'ERR_REDIS_UNAVAILABLE' });
      assert.equal(sent.length, 1, message);
    }
  });

  it('sends nothing again after a timeout, even when the late answer asks for it', async () => {
    const { sent, store } = scripted(async () => {
      await sleep(500);
      throw new Error('READONLY late');
    });
    await assert.rejects(store.script('return 1', [], []), { message: /no answer within 400 ms/ });
    await sleep(300);
    assert.equal(sent.length, 1);
  });

  it('sends nothing again when the deadline passes before the second attempt', async () => {
    const { sent, store } = scripted(async () => {
      await sleep(350);
      throw new Error('LOADING');
    });
    await assert.rejects(store.script('return 1', [], []), { message: /within 400 ms/ });
    await sleep(150);
    assert.equal(sent.length, 1);
  });
});
