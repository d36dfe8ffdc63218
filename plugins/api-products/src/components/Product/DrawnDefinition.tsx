/**
 * A definition as the app draws it, to be read. Swagger's "Try it out" is off unless the app brings a widget of its own
 * that makes it work: the browser would call the first server that the document names, which need not be the gateway,
 * and a gateway answers pages of another origin only where the API's owner has switched CORS on.
 */
import { cloneElement, isValidElement, type ReactElement } from 'react';
import { isApiEntity, type Entity } from '@backstage/catalog-model';
import { CardTab, TabbedCard } from '@backstage/core-components';
import { useApiHolder } from '@backstage/core-plugin-api';
import {
  OpenApiDefinitionWidget,
  PlainApiDefinitionWidget,
  apiDocsConfigRef,
} from '@backstage/plugin-api-docs';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../hooks/useT';

const useStyles = makeStyles(
  {
    // Asks for a key that nothing would use.
    readOnly: { '& .auth-wrapper': { display: 'none' } },
  },
  { name: 'ApiProductsDrawnDefinition' },
);

/** Whether it is Backstage's own widget as it comes, with no word of the app on how calls are made. */
const isPlainSwagger = (drawn: unknown): drawn is ReactElement =>
  isValidElement<Record<string, unknown>>(drawn) &&
  drawn.type === OpenApiDefinitionWidget &&
  drawn.props.requestInterceptor === undefined &&
  drawn.props.supportedSubmitMethods === undefined;

export function DrawnDefinition(props: {
  name: string;
  entity: Entity;
  definition: string;
}) {
  const { name, entity, definition } = props;
  const t = useT();
  const classes = useStyles();
  const config = useApiHolder().get(apiDocsConfigRef);
  const widget =
    config && isApiEntity(entity)
      ? config.getApiDefinitionWidget(entity)
      : undefined;
  const raw = (
    <PlainApiDefinitionWidget
      definition={definition}
      language={widget?.rawLanguage ?? 'yaml'}
    />
  );
  if (!widget) {
    return raw;
  }
  const drawn = widget.component(definition);
  const readOnly = isPlainSwagger(drawn);
  return (
    <TabbedCard title={name}>
      <CardTab label={widget.title}>
        {readOnly ? (
          <div className={classes.readOnly}>
            {cloneElement(drawn, { supportedSubmitMethods: [] })}
          </div>
        ) : (
          drawn
        )}
      </CardTab>
      <CardTab label={t('product.definition.raw')}>{raw}</CardTab>
    </TabbedCard>
  );
}
