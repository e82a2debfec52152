// Decodes compact batches: decode(body, fields) returns a promise of the JSON text of one batch.
// body: a Uint8Array; fields: the array "fields" of fields.json.
async function decode(body, fields) {
  const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream('deflate'));
  const data = new Uint8Array(await new Response(stream).arrayBuffer());
  let at = 0;
  const bytes = (n) => data.subarray(at, (at += n));
  const item = () => { // the CBOR item at the place, which moves behind it
    const [major, short] = [data[at] >> 5, data[at++] & 31];
    const n = short < 24 ? short : bytes(1 << (short - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
    if (major === 4) return Array.from({length: n}, item);
    if (major === 3) return new TextDecoder().decode(bytes(n));
    if (major === 7) return {20: false, 21: true, 22: null}[n];
    return [n, -1 - n, major === 2 && bytes(n)][major];
  };
  const sums = (list) => { let sum = 0; return list.map((difference) => (sum += difference)); };
  const number = (units, decimals) => {
    const digits = String(Math.abs(units)).padStart(decimals + 1, '0');
    const text = digits.slice(0, digits.length - decimals) + '.' + digits.slice(digits.length - decimals);
    return (units < 0 ? '-' : '') + text.replace(/\.?0*$/, '');
  };
  const all = item();
  const [seq, times, runs, flags, columns, drops] = all.slice(10);
  const head = 'v box boot sim first last cal t0 t0_min t0_max'.split(' ').map((key, i) => [key, all[i]]);
  const sources = [];
  for (let i = 0; i < runs.length; i += 2) sources.push(...Array(runs[i + 1]).fill(['gnss', 'ntp', 'est'][runs[i]]));
  const [seqs, ms, q, read] = [sums(sums(seq)), sums(sums(times)), sums(flags), new Map()];
  for (let i = 0; i < columns.length; ) {
    const [field, bits] = [columns[i++], columns[i] instanceof Uint8Array ? columns[i++] : null];
    const units = sums(columns[i++]);
    read.set(field, seqs.map((_, row) => (!bits || (bits[row >> 3] >> (row & 7)) & 1 ? units.shift() : null)));
  }
  const rows = seqs.map((its, row) => `{"seq":${its},"t":${ms[row] + (all[7] || 0)},"tq":"${sources[row]}",` +
    fields.filter((field) => read.has(field.number) && read.get(field.number)[row] !== null)
      .map((field) => `"${field.key}":${number(read.get(field.number)[row], field.decimals)},`).join('') + `"q":${q[row]}}`);
  return '{' + head.filter(([, value]) => value !== null && value !== false).map(([key, value]) => `"${key}":${JSON.stringify(value)},`).join('') +
    `"rows":[${rows.join(',')}]` + (drops.length ? `,"drops":${JSON.stringify(drops)}` : '') + '}';
}
