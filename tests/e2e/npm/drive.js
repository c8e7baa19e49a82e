// Copyright (c) 2026 the rpaops.orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

// node drive.js PACKAGE ADDRESS < ROWS
//
// Signs in as the administrator of a tenant, reads all settings, writes those of ROWS (an object of
// names and values) back in bulk as the whole rows that were read, and prints what it read.
'use strict';

const fs = require('fs');
const util = require('util');

const BULK = '/odata/Settings/UiPath.Server.Configuration.OData.UpdateBulk';
const LOGIN = { tenancyName: 'Default', usernameOrEmailAddress: 'admin', password: 'secret' };

// The client of the vendor, of the years up to 2020.
async function vendor(Orchestrator, address) {
  const options = { hostname: address.hostname, port: Number(address.port), isSecure: false };
  const client = new Orchestrator({ ...LOGIN, ...options });
  const get = util.promisify(client.get.bind(client));
  const post = util.promisify(client.post.bind(client));
  return {
    read: async () => (await get('/odata/Settings', {})).value,
    write: (rows) => post(BULK, { settings: rows }),
  };
}

async function wrapper(library, address) {
  const config = { userinfo: LOGIN, serverinfo: { servername: address.origin } };
  const client = new library.OrchestratorApi(config);
  await client.authenticate();
  return {
    read: () => client.setting.findAll(),
    write: async (rows) => {
      try {
        await client.setting.update(rows);
      } catch (error) {
        // It takes an empty answer, documented from 2020.4 on, for a broken one.
        if (!(error instanceof SyntaxError)) throw error;
      }
    },
  };
}

const CLIENTS = { 'uipath-orchestrator': vendor, 'uipath-orchestrator-api-node': wrapper };

async function main(name, address) {
  const library = require(require.resolve(name, { paths: [process.cwd()] }));
  const client = await CLIENTS[name](library, new URL(address));
  const wanted = JSON.parse(fs.readFileSync(0, 'utf8'));
  const rows = await client.read();
  const changed = rows.filter((row) => row.Name in wanted);
  if (changed.length) {
    await client.write(changed.map((row) => ({ ...row, Value: wanted[row.Name] })));
  }
  fs.writeSync(1, JSON.stringify(rows));
  process.exit(0);
}

main(...process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
