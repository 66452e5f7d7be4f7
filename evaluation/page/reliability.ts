import type { Bin } from '../statistics/reliability.js';
import { n, plot, scales } from './svg.js';

const FRAME = {
  height: 300,
  top: 1,
  ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
  x: 'confidence, %',
  y: 'of these right, %',
};

/** What became of the texts of each confidence: on the diagonal where the gate said the truth. */
export function reliabilityDiagram(bins: readonly Bin[], title: string): string {
  const at = scales(FRAME);
  const most = Math.max(1, ...bins.map(({ accepted }) => accepted.of));
  const marks = bins.map(({ from, to, confidence, accepted: { value, low, high, of } }) => {
    const [x, left, right] = [at.x(confidence), at.x(from) + 1, at.x(to) - 1];
    const height = (0.16 * (at.y(0) - at.y(1)) * of) / most;
    return `<rect class="count" x="${n(left)}" y="${n(at.y(0) - height)}" width="${n(right - left)}" height="${n(height)}"/>
<line class="gap" x1="${n(x)}" x2="${n(x)}" y1="${n(at.y(value))}" y2="${n(at.y(confidence))}"/>
<line class="whisker" x1="${n(x)}" x2="${n(x)}" y1="${n(at.y(low))}" y2="${n(at.y(high))}"/>
<circle class="dot gate" cx="${n(x)}" cy="${n(at.y(value))}" r="${n(3 + 4 * Math.sqrt(of / most))}"><title>${of} texts of ${Math.round(100 * from)} to ${Math.round(100 * to)} %: ${Math.round(100 * value)} % right</title></circle>`;
  });
  const diagonal = `<line class="level" x1="${n(at.x(0))}" y1="${n(at.y(0))}" x2="${n(at.x(1))}" y2="${n(at.y(1))}"/>`;
  return plot({ ...FRAME, title }, diagonal + marks.join(''));
}
