// Analyses every document of a .bson file with mongodb-schema's default options: node schema.js FILE [--no-values]
import { createReadStream } from 'node:fs';
import { deserialize } from 'bson';
import { parseSchema } from 'mongodb-schema';

const file = process.argv[2];
const options = process.argv.includes('--no-values') ? { storeValues: false } : {};
let count = 0;

async function* documents() {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (bytes.length - at >= 4) {
      const size = bytes.readInt32LE(at);
      if (bytes.length - at < size) break;
      count++;
      yield deserialize(bytes.subarray(at, at + size));
      at += size;
    }
    rest = bytes.subarray(at);
  }
}

const start = process.hrtime.bigint();
const schema = await parseSchema(documents(), options);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const used = process.resourceUsage();
console.log(JSON.stringify({
  documents: count,
  fields: schema.fields.length,
  seconds: Number(seconds.toFixed(2)),
  cpuSeconds: Number(((used.userCPUTime + used.systemCPUTime) / 1e6).toFixed(2)),
  peakMegabytes: Math.round(used.maxRSS / 1024),
}));
