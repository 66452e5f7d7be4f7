import { bootstrap, type Estimate } from './bootstrap.js';
import { type Share, share } from './share.js';

/** A forecast, 0..1, and whether it came true. */
export interface Forecast {
  confidence: number;
  accepted: boolean;
}

export interface Bin {
  from: number;
  to: number;
  /** Mean confidence of the bin's documents. */
  confidence: number;
  accepted: Share;
}

export const BINS = 15;

/** Bins of equal width that hold a forecast. */
export function reliability(forecasts: readonly Forecast[], bins = BINS): Bin[] {
  const all: Forecast[][] = Array.from({ length: bins }, () => []);
  for (const one of forecasts) {
    all[Math.min(bins - 1, Math.max(0, Math.floor(one.confidence * bins)))]?.push(one);
  }
  return all.flatMap((some, i) => {
    const accepted = share(some.filter((one) => one.accepted).length, some.length);
    if (!accepted) return [];
    const confidence = some.reduce((sum, one) => sum + one.confidence, 0) / some.length;
    return [{ from: i / bins, to: (i + 1) / bins, confidence, accepted }];
  });
}

/** Expected calibration error (Guo et al. 2017): mean distance of confidence and share, by bin size. */
export function ece(forecasts: readonly Forecast[], bins = BINS): number {
  return reliability(forecasts, bins).reduce(
    (sum, bin) =>
      sum + (bin.accepted.of / forecasts.length) * Math.abs(bin.confidence - bin.accepted.value),
    0,
  );
}

export function eceWithInterval(forecasts: readonly Forecast[]): Estimate | null {
  return forecasts.length === 0 ? null : bootstrap(forecasts, (some) => ece(some));
}
