/**
 * A probability in words. The bounds are those of the IPCC's calibrated language (Mastrandrea et al.,
 * "Guidance note for lead authors", 2010): very likely from 90 %, likely from 66 %.
 */
export function confidenceWords(confidence: number): string {
  const likely =
    confidence >= 0.9
      ? 'Very likely a good fit'
      : confidence >= 0.66
        ? 'Likely a good fit'
        : 'May or may not fit';
  // A natural frequency says what the number means.
  return `${likely}. Of ten like this, readers keep about ${Math.round(confidence * 10)}.`;
}
