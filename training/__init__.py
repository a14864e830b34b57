"""Makes the default model: articles with reference summaries → weights/salience."""
