namespace Voltgate.Server.Storage;

/// <summary>
/// Fills the indexes of messages and events by station some time after the rows, in sorted batches, so that a page of
/// an index is written once for many rows (ADR 0010). Belongs to the writer; readers look through the views
/// message_places and event_places, which add what is not filled in yet.
/// </summary>
internal sealed class SqliteLateIndexes(SqliteWrites writes)
{
    /// <summary>Under load, as many as pay well; their filling takes some 50 ms.</summary>
    private const int ManyUnits = 8_192;

    /// <summary>Else as few as a reader can look through in a millisecond.</summary>
    private const int SomeUnits = 512;

    /// <summary>Groups of so many units on the average mean load.</summary>
    private const int LargeGroup = 64;

    private static readonly string[] Fill =
    [
        "insert into message_index select chargestation, at, seq, place from messages "
            + "where place > (select filled from late_indexes where name = 'messages') order by 1, 2, 3",
        "update late_indexes set filled = coalesce((select max(place) from messages), 0) where name = 'messages'",
        "insert into event_index select stream, seq, place from events "
            + "where place > (select filled from late_indexes where name = 'events') order by 1, 2",
        "update late_indexes set filled = coalesce((select max(place) from events), 0) where name = 'events'",
    ];

    // What a process before this one left is filled in with the first group.
    private int units = ManyUnits;

    private int average;

    /// <summary>To be called inside the transaction of a group, once its units are written.</summary>
    public void Follow(int group)
    {
        units += group;
        average = (7 * average + group) / 8;
        if (units < (average < LargeGroup ? SomeUnits : ManyUnits)) return;
        foreach (var sql in Fill) writes.Run(sql);
        units = 0;
    }
}
