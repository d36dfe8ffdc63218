import type { ReactElement } from 'react';
import { screen } from '@testing-library/react';
import {
  OpenApiDefinitionWidget,
  apiDocsConfigRef,
  type OpenApiDefinitionWidgetProps,
} from '@backstage/plugin-api-docs';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { DrawnDefinition } from './DrawnDefinition';

jest.mock('@backstage/plugin-api-docs', () => ({
  ...jest.requireActual('@backstage/plugin-api-docs'),
  OpenApiDefinitionWidget: (props: OpenApiDefinitionWidgetProps) => (
    <p>{`Swagger tries out: ${
      props.supportedSubmitMethods?.join(', ') ?? 'everything'
    }.`}</p>
  ),
}));

const definition = 'openapi: 3.1.0';

function draw(component: (text: string) => ReactElement) {
  renderInTestApp(
    <DrawnDefinition
      name="Shipments"
      definition={definition}
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'API',
        metadata: { name: 'shipments' },
        spec: {
          type: 'openapi',
          lifecycle: 'production',
          owner: 'logistics-team',
          definition,
        },
      }}
    />,
    {
      apis: [
        [
          apiDocsConfigRef,
          {
            getApiDefinitionWidget: () => ({
              type: 'openapi',
              title: 'OpenAPI',
              component,
            }),
          },
        ],
      ],
    },
  );
}

describe('DrawnDefinition', () => {
  it('offers no call that the gateway would refuse to a page', async () => {
    draw(text => <OpenApiDefinitionWidget definition={text} />);
    expect(await screen.findByText('Swagger tries out: .')).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Source' })).toBeInTheDocument();
  });

  it('leaves a widget alone that the app has taught to call', async () => {
    draw(text => (
      <OpenApiDefinitionWidget
        definition={text}
        requestInterceptor={request => request}
        supportedSubmitMethods={['get']}
      />
    ));
    expect(
      await screen.findByText('Swagger tries out: get.'),
    ).toBeInTheDocument();
  });

  it('shows the source of what cannot be drawn, and why', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => {});
    const Particular = (): ReactElement => {
      throw new Error('Unknown directive "@key".');
    };
    draw(() => <Particular />);
    expect(
      await screen.findByText(
        'It cannot be shown as OpenAPI, so here is its source: Unknown directive "@key".',
      ),
    ).toBeInTheDocument();
    expect(await screen.findByText(/3\.1\.0/)).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Source' })).toBeInTheDocument();
  });
});
