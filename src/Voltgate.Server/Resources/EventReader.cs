using System.Data.Common;
using System.Text;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Resources;

/// <summary>An event's row, as far as its body needs it: one of Body and State is there.</summary>
internal sealed record EventRow(string Id, string Type, long At, byte[]? Body, string? State);

/// <summary>
/// Reads events: most are stored as they are sent, those that keep a session's state are worded here.
/// </summary>
internal sealed class EventReader(SessionStore sessions)
{
    /// <summary>House SQL over <c>events e</c>, in the order of <see cref="EventRow"/>.</summary>
    public const string Columns = "e.id, e.type, e.at, e.body, e.state";

    /// <summary>The columns from <paramref name="first"/> on.</summary>
    public static EventRow Row(DbDataReader rows, int first) => new(
        rows.GetString(first), rows.GetString(first + 1), rows.GetInt64(first + 2),
        rows.IsDBNull(first + 3) ? null : rows.GetFieldValue<byte[]>(first + 3),
        rows.IsDBNull(first + 4) ? null : rows.GetString(first + 4));

    /// <summary>The webhook body: JSON in ASCII.</summary>
    public async ValueTask<byte[]> Body(DbConnection connection, EventRow row)
    {
        if (row.Body is { } stored) return stored;
        var session = await sessions.WithPlan(connection, DomainJson.ReadSession(row.State!));
        return EventBody.Of(
            row.Id, "session", row.Type, row.At, StationJson.Utf8(SessionResource.Of(session)));
    }
}
