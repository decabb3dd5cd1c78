/** First 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
const K = Int32Array.from({ length: 64 }, (_, i) => Math.floor((Math.cbrt(prime(i)) % 1) * 2 ** 32) | 0);

function prime(i: number): number {
  let n = 1;
  for (let found = -1; found < i;) {
    n++;
    let d = 2;
    while (d * d <= n && n % d !== 0) d++;
    if (d * d > n) found++;
  }
  return n;
}

/** SHA-256 (FIPS 180-4) of bytes that come in pieces: crypto.subtle wants all of them at once. */
export class Sha256 {
  readonly #h = new Int32Array([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]);
  readonly #w = new Int32Array(64);
  readonly #rest = new Uint8Array(64);
  #n = 0;

  update(bytes: Uint8Array): void {
    let i = 0;
    const held = this.#n % 64;
    this.#n += bytes.length;
    if (held > 0) {
      const take = Math.min(64 - held, bytes.length);
      this.#rest.set(bytes.subarray(0, take), held);
      if (held + take < 64) return;
      this.#block(this.#rest, 0);
      i = take;
    }
    for (; i + 64 <= bytes.length; i += 64) this.#block(bytes, i);
    this.#rest.set(bytes.subarray(i), 0);
  }

  /** 64 lower-case hex digits; the object is used up. */
  hex(): string {
    const bits = this.#n * 8;
    const held = this.#n % 64;
    const tail = new Uint8Array(held < 56 ? 64 - held : 128 - held);
    tail[0] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(tail.length - 4, bits % 2 ** 32);
    this.update(tail);
    return Array.from(this.#h, (x) => (x >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #block(p: Uint8Array, at: number): void {
    const w = this.#w;
    const hash = this.#h;
    for (let i = 0, j = at; i < 16; i++, j += 4) w[i] = (p[j]! << 24) | (p[j + 1]! << 16) | (p[j + 2]! << 8) | p[j + 3]!;
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
    }
    let a = hash[0]!,
      b = hash[1]!,
      c = hash[2]!,
      d = hash[3]!,
      e = hash[4]!,
      f = hash[5]!,
      g = hash[6]!,
      h = hash[7]!;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    hash[0] = (hash[0]! + a) | 0;
    hash[1] = (hash[1]! + b) | 0;
    hash[2] = (hash[2]! + c) | 0;
    hash[3] = (hash[3]! + d) | 0;
    hash[4] = (hash[4]! + e) | 0;
    hash[5] = (hash[5]! + f) | 0;
    hash[6] = (hash[6]! + g) | 0;
    hash[7] = (hash[7]! + h) | 0;
  }
}
