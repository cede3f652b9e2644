/** Icons of lucide (ISC licence, see NOTICE) that only poker uses. */
const paths = {
  plus: 'M5 12h14M12 5v14',
  lost: 'M2 2l20 20M12 20h.01M8.5 16.4a5 5 0 0 1 7 0M5 12.9a10 10 0 0 1 5.2-2.7M19 12.9a10 10 0 0 0-2-1.5M2 8.8a15 15 0 0 1 4.2-2.6M22 8.8a15 15 0 0 0-11.3-3.8',
  chat: 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z',
  history: 'M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8M3 3v5h5M12 7v5l4 2',
  sliders: 'M20 7h-9M14 17H5M14 17a3 3 0 1 0 6 0a3 3 0 1 0 -6 0M4 7a3 3 0 1 0 6 0a3 3 0 1 0 -6 0',
  pause: 'M6 4h4v16H6zM14 4h4v16h-4z',
  play: 'M6 3v18l15-9z',
  first: 'M11 17l-5-5 5-5M18 17l-5-5 5-5',
  back: 'M15 18l-6-6 6-6',
  forth: 'M9 18l6-6-6-6',
  last: 'M6 17l5-5-5-5M13 17l5-5-5-5',
} as const;

export type TableIconName = keyof typeof paths;

/** A decoration, as those of the kit are. */
export function TableIcon({ name, size = 18 }: { name: TableIconName; size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
