"""Lines of invented pages that several tests share."""

TITLE = "Ferry pier reopens after storm repairs"
PARAGRAPHS = [
    "PORT HALDEN — The northern ferry pier reopened on Thursday, four months after a storm tore away its outer deck, "
    "the harbour authority said in a statement.",
    "Maren Okafor, who heads the authority, said the repairs had cost 3.2 million crowns and that two thirds of the sum "
    "would be met by insurers.",
    "“We had divers in the water every day that the weather allowed it,” she said. “The old piles were worse than anybody "
    "had feared.”",
    "The first boat left for Sandoy shortly after six in the morning with forty passengers and a lorry of timber on board.",
    "Fishermen had complained for weeks that the works kept them from the fuel dock, and some of them moved their boats to "
    "Lower Halden in protest.",
    "The council will decide in May whether the southern pier, which was built in the same year, is to be replaced too.",
]
