/** Reads the engine's RowBinary output: little-endian numbers, lengths as LEB128, texts as UTF-8. */
export class RowBinaryReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder();
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  float64(): number {
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  /** An Array(Float64), copied. */
  float64s(): Float64Array {
    const values = new Float64Array(this.#length());
    const bytes = new Uint8Array(values.buffer);
    bytes.set(this.#bytes.subarray(this.#at, this.#at + bytes.length));
    this.#at += bytes.length;
    return values;
  }

  /** A String. */
  text(): string {
    const length = this.#length();
    const from = this.#at;
    this.#at += length;
    return this.#decoder.decode(this.#bytes.subarray(from, this.#at));
  }

  #length(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.#at++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }
}
