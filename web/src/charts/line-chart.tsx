import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Ref } from 'preact';
import { t } from '../i18n';
import { dayName } from '../people/words';
import { linePath, nearest, place, ticks } from './scale';
import type { Point } from './scale';
import './charts.css';

const HEIGHT = 240;
/** Room for the marks of the axes, in px. */
const edge = { left: 46, right: 12, top: 10, bottom: 26 };

export interface LineChartProps {
  /** What is drawn, for who does not see it. */
  label: string;
  /** At least one, in order of time. */
  points: readonly Point[];
}

/**
 * Values over time. A slider lies over the picture: pointer, fingers and arrow keys all move the same cursor, and screen
 * readers read where it is.
 */
export function LineChart({ label, points }: LineChartProps) {
  const [box, width] = useWidth();
  const [cursor, setCursor] = useState<number | null>(null);
  const frame = frameOf(points, width);
  const at = cursor === null ? undefined : points[cursor];
  const hover = (event: PointerEvent) => setCursor(nearest(points, frame.timeAt(event.offsetX)));
  return (
    <div class="chart" ref={box} style={{ height: `${HEIGHT}px` }}>
      <Picture points={points} frame={frame} width={width} cursor={at} />
      <input
        type="range"
        class="chart-cursor"
        aria-label={label}
        aria-valuetext={pointText(at ?? points.at(-1))}
        min={0}
        max={points.length - 1}
        value={cursor ?? points.length - 1}
        onInput={(event) => setCursor(event.currentTarget.valueAsNumber)}
        onFocus={() => setCursor(cursor ?? points.length - 1)}
        onBlur={() => setCursor(null)}
        onPointerMove={hover}
        onPointerDown={hover}
        onPointerLeave={(event) => document.activeElement !== event.currentTarget && setCursor(null)}
      />
      {at && (
        <output class="chart-tip num" style={{ left: `${tipPlace(frame.x(at[0]), width)}px` }} aria-hidden="true">
          <strong>{at[1]}</strong> {dayName(at[0])}
        </output>
      )}
    </div>
  );
}

function pointText(point: Point | undefined): string {
  return point ? t('chart.point', { value: String(point[1]), day: dayName(point[0]) }) : '';
}

/** Half of the widest tip. */
const TIP = 74;

function tipPlace(x: number, width: number): number {
  return Math.min(Math.max(x, TIP), Math.max(TIP, width - TIP));
}

/** The width of a box in px, also when it changes; 0 before it is known. */
function useWidth(): [Ref<HTMLDivElement>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [box, width];
}

/** Where times and values lie in a picture of a width. */
interface Frame {
  marks: number[];
  x: (at: number) => number;
  y: (value: number) => number;
  timeAt: (x: number) => number;
}

function frameOf(points: readonly Point[], width: number): Frame {
  const inner = { width: Math.max(1, width - edge.left - edge.right), height: HEIGHT - edge.top - edge.bottom };
  const time = { least: points[0]?.[0] ?? 0, most: points.at(-1)?.[0] ?? 0 };
  const marks = ticks(points.map(([, value]) => value), 4);
  const extent = { least: marks[0] ?? 0, most: marks.at(-1) ?? 0 };
  return {
    marks,
    x: (at) => edge.left + place(at, time, inner.width),
    y: (value) => edge.top + inner.height - place(value, extent, inner.height),
    timeAt: (x) => time.least + ((x - edge.left) / inner.width) * (time.most - time.least),
  };
}

interface PictureProps {
  points: readonly Point[];
  frame: Frame;
  width: number;
  cursor: Point | undefined;
}

function Picture({ points, frame, width, cursor }: PictureProps) {
  const places = points.map(([at, value]) => [frame.x(at), frame.y(value)] as const);
  const line = linePath(places);
  const floor = HEIGHT - edge.bottom;
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true" focusable="false">
      {frame.marks.map((mark) => (
        <g key={mark}>
          <line class="chart-grid" x1={edge.left} x2={width - edge.right} y1={frame.y(mark)} y2={frame.y(mark)} />
          <text x={edge.left - 8} y={frame.y(mark) + 4} text-anchor="end">
            {mark}
          </text>
        </g>
      ))}
      <Days points={points} frame={frame} width={width} />
      {line && <path class="chart-area" d={`${line}L${places.at(-1)?.[0]} ${floor}L${places[0]?.[0]} ${floor}Z`} />}
      <path class="chart-line" d={line} />
      {places.length === 1 && <circle class="chart-dot" cx={places[0]?.[0]} cy={places[0]?.[1]} r="4" />}
      {cursor && (
        <>
          <line class="chart-hair" x1={frame.x(cursor[0])} x2={frame.x(cursor[0])} y1={edge.top} y2={floor} />
          <circle class="chart-dot" cx={frame.x(cursor[0])} cy={frame.y(cursor[1])} r="5" />
        </>
      )}
    </svg>
  );
}

/** The first and the last day, and one between where there is room. */
function Days({ points, frame, width }: Omit<PictureProps, 'cursor'>) {
  const [first, last] = [points[0]?.[0], points.at(-1)?.[0]];
  if (first === undefined || last === undefined) return null;
  const y = HEIGHT - 6;
  const middle = (first + last) / 2;
  if (dayName(first) === dayName(last)) {
    return (
      <text x={frame.x(middle)} y={y} text-anchor="middle">
        {dayName(last)}
      </text>
    );
  }
  return (
    <>
      <text x={edge.left} y={y}>
        {dayName(first)}
      </text>
      {width > 460 && (
        <text x={frame.x(middle)} y={y} text-anchor="middle">
          {dayName(middle)}
        </text>
      )}
      <text x={width - edge.right} y={y} text-anchor="end">
        {dayName(last)}
      </text>
    </>
  );
}
