import type { ReactNode } from 'react';
import {
  ThemeProvider,
  darken,
  decomposeColor,
  getContrastRatio,
  getLuminance,
  lighten,
  type Theme,
} from '@material-ui/core/styles';

/** WCAG 2 AA asks for 4.5; the rest is for pages whose background is a shade darker than the theme says. */
const ENOUGH = 5;

/** The colour as it looks on the background: the toolkit's greys are blacks and whites that can be seen through. */
function opaqueOn(background: string, colour: string): string {
  const [red = 0, green = 0, blue = 0, share = 1] =
    decomposeColor(colour).values;
  if (share === 1) {
    return colour;
  }
  const below = decomposeColor(background).values;
  const mixed = [red, green, blue].map((part, index) =>
    Math.round(part * share + (below[index] ?? 0) * (1 - share)),
  );
  return `rgb(${mixed.join(', ')})`;
}

/** The colour, moved away from the background until it can be read there. */
export function readableOn(background: string, colour: string): string {
  const move = getLuminance(background) > 0.5 ? darken : lighten;
  const seen = opaqueOn(background, colour);
  if (getContrastRatio(seen, background) >= ENOUGH) {
    return colour;
  }
  let readable = seen;
  for (
    let by = 0.02;
    by <= 1 && getContrastRatio(readable, background) < ENOUGH;
    by += 0.02
  ) {
    readable = move(seen, by);
  }
  return readable;
}

function readableTheme(theme: Theme): Theme {
  const { background, error, text } = theme.palette;
  const secondary = readableOn(background.default, text.secondary);
  const main = readableOn(background.paper, error.main);
  return {
    ...theme,
    palette: {
      ...theme.palette,
      error: { ...error, main },
      text: { ...text, secondary },
    },
  };
}

/**
 * The app's theme with its grey and its red as dark, or as light, as they have to be: Backstage's grey is only enough on
 * cards, and the toolkit's red nowhere.
 */
export function ReadableTheme({ children }: { children: ReactNode }) {
  return <ThemeProvider theme={readableTheme}>{children}</ThemeProvider>;
}
