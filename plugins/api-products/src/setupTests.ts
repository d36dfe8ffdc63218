import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages load their parts when they are opened, and fields are looked for by role: both take their time on a busy machine.
jest.setTimeout(180_000);
configure({ asyncUtilTimeout: 30_000 });

/**
 * Every query by role asks for the style of each element and of all around it, and jsdom answers by going through all
 * rules of all style sheets that Material UI has made: more than half of the time of these tests. None of them is about
 * a rule in a sheet; what is hidden here is so by an attribute or by a style of its own.
 */
const computedStyle = window.getComputedStyle.bind(window);
window.getComputedStyle = (element, pseudoElement) =>
  element instanceof HTMLElement
    ? element.style
    : computedStyle(element, pseudoElement);
