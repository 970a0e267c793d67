using System.Collections.Immutable;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;

namespace Voltgate.Domain.Events;

/// <summary>Something happened. The shell gives it an id and a number in the station's stream, and words it.</summary>
public abstract record DomainEvent(string Type);

public sealed record SessionEvent(string Type, Session Session) : DomainEvent(Type);

/// <summary>The session's payment, as it stands with the session.</summary>
public sealed record PaymentEvent(string Type, Session Session) : DomainEvent(Type);

/// <param name="Connectors">Those that changed; null: all of them, as GET shows.</param>
public sealed record StationEvent(string Type, ChargeStation Station, ImmutableArray<Connector>? Connectors = null)
    : DomainEvent(Type);

public sealed record ConnectorEvent(string Type, ChargeStation Station, Connector Connector) : DomainEvent(Type);

public sealed record ReservationEvent(string Type, Reservation Reservation) : DomainEvent(Type);

public sealed record ActionEvent(string Type, StationAction Action) : DomainEvent(Type);

/// <summary>A station said what the platform makes nothing of but people may: a display's state, a tariff, …</summary>
/// <param name="Json">The payload as it came.</param>
public sealed record FiledEvent(string Action, string Json) : DomainEvent(EventTypes.StationMessage);

/// <summary>A card nobody knows was refused.</summary>
public sealed record UnknownTokenEvent(string PhysicalId) : DomainEvent(EventTypes.TokenUnknown);

/// <summary>
/// A station did what no honest one does (kind: foreign_transaction, …), or reports what concerns its security.
/// </summary>
public sealed record SecurityNotice(string Kind, string? Detail, ChargeStation Station)
    : DomainEvent(EventTypes.SecurityEvent)
{
    /// <summary>Set where the station reported it.</summary>
    public SecurityReport? Report { get; init; }
}

/// <param name="IsCritical">By the list of its OCPP version; null: no version knows the kind.</param>
/// <param name="AtMs">When it happened last, by the station's clock where that can be believed (unix ms).</param>
/// <param name="Times">How often it was reported since it was told last.</param>
public sealed record SecurityReport(bool? IsCritical, long AtMs, int Times);
