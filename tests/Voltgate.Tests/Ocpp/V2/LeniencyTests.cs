using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.V2;

namespace Voltgate.Tests.Ocpp.V2;

/// <summary>A transaction's messages are kept although there is nonsense in them: the session is real.</summary>
public class LeniencyTests
{
    private const string Nonsense = """
        {"eventType":"Exploded","triggerReason":"Boredom","timestamp":"yesterday","seqNo":-4,
         "transactionInfo":{"transactionId":"t-1-and-longer-than-thirty-six-characters","chargingState":"Humming",
          "stoppedReason":"Whim","remoteStartId":1.5},
         "evse":{"id":-1,"connectorId":-2},"meterValue":[],"numberOfPhasesUsed":7,
         "idToken":{"idToken":"04A1B2C3D4","type":"Ring","additionalInfo":[]}}
        """;

    [Fact]
    public void A_transaction_event_with_nonsense_in_it_is_kept()
    {
        var read = Fields.Read(
            Fixture.WireOf(Nonsense), TransactionEventRequest.Read, lenient: true, edition: Edition.V201);

        Assert.Null(read.Violation);
        Assert.Equal("eventType: is none of the words allowed here", read.Doubt);
        var said = read.Value!;
        Assert.Equal(
            (TransactionEvent.Updated, TriggerReason.MeterValuePeriodic, TimeFlaw.Unreadable),
            (said.EventType, said.TriggerReason, said.Timestamp.Flaw));
        Assert.Equal((null, Reason.Other), (said.TransactionInfo.ChargingState, said.TransactionInfo.StoppedReason));
        Assert.Equal("t-1-and-longer-than-thirty-six-characters", said.TransactionInfo.TransactionId);
        Assert.Equal(Place.Station, said.Evse!.ToPlace());
        Assert.Equal("Ring", said.IdToken!.Type);
    }

    [Fact]
    public void Strictly_it_is_refused_by_what_comes_first() => Assert.Equal(
        "eventType: is none of the words allowed here",
        Fields.Read(Fixture.WireOf(Nonsense), TransactionEventRequest.Read, edition: Edition.V201)
            .Violation!.ToString());

    [Fact]
    public void A_word_of_2_1_from_a_station_of_2_0_1_keeps_its_meaning() => Assert.Equal(
        TriggerReason.TxResumed,
        Fields.Read(
            Fixture.WireOf("""
                {"eventType":"Updated","triggerReason":"TxResumed","timestamp":"2026-11-22T07:30:00Z","seqNo":4,
                 "transactionInfo":{"transactionId":"t-1"}}
                """),
            TransactionEventRequest.Read, lenient: true, edition: Edition.V201).Value!.TriggerReason);

    [Theory]
    [InlineData("""{"id":0}""", 0, 0)]
    [InlineData("""{"id":2}""", 0, 2)]
    [InlineData("""{"id":2,"connectorId":1}""", 1, 2)]
    public void An_evse_is_a_place(string json, int connector, int evse) => Assert.Equal(
        new Place(connector, evse), Fields.Read(Fixture.WireOf(json), Evse.Read).Value!.ToPlace());
}
