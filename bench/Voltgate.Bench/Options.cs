namespace Voltgate.Bench;

/// <summary>What the command line asks of a scenario.</summary>
internal sealed record Options
{
    /// <summary>"sqlite" or "postgresql".</summary>
    public required string Store { get; init; }

    /// <summary>Where the SQLite file is made; null: the folder for temporary files.</summary>
    public string? Folder { get; init; }

    /// <summary>A PostgreSQL server that a database may be made on.</summary>
    public string? Postgres { get; init; }

    public required int Stations { get; init; }

    public required int Runs { get; init; }

    public required TimeSpan Time { get; init; }

    /// <summary>Before the first run, until the compiler has optimised what is hot.</summary>
    public required TimeSpan Warmup { get; init; }

    /// <summary>A file that the table is appended to; null: none.</summary>
    public string? Out { get; init; }
}
