/** A knight and a spade are too much at 22 px: a speech bubble with a pawn, for somebody who talks over the game. */
export function Logo() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path
        fill="currentColor"
        fill-rule="evenodd"
        d="M5 2h14a3 3 0 0 1 3 3v11a3 3 0 0 1-3 3h-7l-5 4v-4H5a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3zm7 2.600a2.700 2.700 0 0 0-1.900 4.600H9v1.300h1.500c-.1 2-.8 3.300-2.300 4.300V16.400h7.600v-1.600c-1.500-1-2.200-2.300-2.300-4.300H15V9.200h-1.100A2.700 2.700 0 0 0 12 4.600z"
      />
    </svg>
  );
}
