import { render, screen } from '@testing-library/react';
import Typography from '@material-ui/core/Typography';
import {
  ThemeProvider,
  createTheme,
  getContrastRatio,
} from '@material-ui/core/styles';
import { ReadableTheme, readableOn } from './ReadableTheme';

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
          <Typography color="textSecondary">1.4.0</Typography>
        </ReadableTheme>
      </ThemeProvider>,
    );
    const { color } = getComputedStyle(screen.getByText('1.4.0'));
    expect(getContrastRatio(color, '#F8F8F8')).toBeGreaterThanOrEqual(4.5);
  });
});
