/** SHA-256 of a text, hex. */
export function sha256(text: string): string {
  const { DigestAlgorithm, Charset } = Utilities;
  const bytes = Utilities.computeDigest(DigestAlgorithm.SHA_256, text, Charset.UTF_8);
  // Bytes come signed.
  return bytes.map((byte) => (byte & 255).toString(16).padStart(2, '0')).join('');
}
