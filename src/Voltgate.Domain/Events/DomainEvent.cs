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

public sealed record ActionEvent(string Type, StationAction Action) : DomainEvent(Type);

/// <summary>A card nobody knows was refused.</summary>
public sealed record UnknownTokenEvent(string PhysicalId) : DomainEvent(EventTypes.TokenUnknown);

/// <summary>A station did what no honest one does. Kind: foreign_transaction, …</summary>
public sealed record SecurityNotice(string Kind, string Detail, ChargeStation Station)
    : DomainEvent(EventTypes.SecurityEvent);
