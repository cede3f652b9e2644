import { linePath, place } from './scale';

const WIDTH = 120;
const HEIGHT = 32;
const EDGE = 2;

/** A line without axes, as a decoration: the numbers stand beside it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const extent = { least: Math.min(...values), most: Math.max(...values) };
  const places = values.map((value, index) => {
    const x = place(index, { least: 0, most: values.length - 1 }, WIDTH);
    return [x, HEIGHT - EDGE - place(value, extent, HEIGHT - 2 * EDGE)] as const;
  });
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path d={linePath(places)} />
    </svg>
  );
}
