import { render, screen } from '@testing-library/react';
import {
  ThemeProvider,
  createTheme,
  getContrastRatio,
  useTheme,
} from '@material-ui/core/styles';
import { ReadableTheme, readableOn } from './ReadableTheme';

function Grey() {
  return <p title="grey">{useTheme().palette.text.secondary}</p>;
}

function Red() {
  return <p title="red">{useTheme().palette.error.main}</p>;
}

describe('ReadableTheme', () => {
  it.each([
    ['#F8F8F8', '#757575'],
    ['#ffffff', '#aaaaaa'],
    ['#333333', '#777777'],
    ['#000000', '#111111'],
    ['#F8F8F8', 'rgba(0, 0, 0, 0.54)'],
    ['#333333', 'rgba(255, 255, 255, 0.3)'],
  ])('makes a grey that can be read on %s of %s', (background, grey) => {
    expect(
      getContrastRatio(readableOn(background, grey), background),
    ).toBeGreaterThanOrEqual(4.5);
  });

  it('leaves a grey alone that can be read', () => {
    expect(readableOn('#ffffff', '#555555')).toBe('#555555');
  });

  it('reaches what the toolkit draws', () => {
    render(
      <ThemeProvider
        theme={createTheme({
          palette: {
            background: { default: '#F8F8F8' },
            text: { secondary: 'rgba(0, 0, 0, 0.54)' },
          },
        })}
      >
        <ReadableTheme>
          <Grey />
        </ReadableTheme>
      </ThemeProvider>,
    );
    const color = screen.getByTitle('grey').textContent ?? '';
    // What the page is drawn on by @backstage/ui.
    expect(getContrastRatio(color, '#f5f5f5')).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['light', '#ffffff'],
    ['dark', '#424242'],
  ] as const)('makes a red that can be read: %s', (type, paper) => {
    render(
      <ThemeProvider theme={createTheme({ palette: { type } })}>
        <ReadableTheme>
          <Red />
        </ReadableTheme>
      </ThemeProvider>,
    );
    const color = screen.getByTitle('red').textContent ?? '';
    expect(getContrastRatio(color, paper)).toBeGreaterThanOrEqual(4.5);
  });
});
