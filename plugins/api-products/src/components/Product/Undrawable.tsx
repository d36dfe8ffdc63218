import { Component, type ReactNode } from 'react';

interface Props {
  children: ReactNode;
  /** What stands there instead when the children cannot be drawn. */
  instead(error: Error): ReactNode;
}

/** Keeps what cannot be drawn to itself: renderers throw at definitions that they do not understand. */
export class Undrawable extends Component<Props, { error?: Error }> {
  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  state: { error?: Error } = {};

  render(): ReactNode {
    const { children, instead } = this.props;
    const { error } = this.state;
    return error ? instead(error) : children;
  }
}
