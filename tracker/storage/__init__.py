"""The only room that speaks SQL: engines, tables, migrations, queries."""
